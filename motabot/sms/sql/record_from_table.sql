-- Records a row that a layer wrote itself. Returns no row if the text is in the table twice.
insert into motabot.receipts (gateway, external_id, fingerprint, network_key, message_id)
values ('table', :external_id, :fingerprint, :network_key, :id) on conflict do nothing returning message_id
