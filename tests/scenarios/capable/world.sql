-- A small shop for the turns of a capable model: three customers with purchases, and fourteen products.
insert into public.customers (member_id, name, phone, loyalty_points, vip_status, total_visits, last_visited)
values ('M1', 'Ana Sandoval', '+14155550101', 120, 'Regular', 2, current_date - 9),
       ('M2', 'Marcus Webb', '+14155550102', 640, 'VIP', 24, current_date - 3),
       ('M3', 'Lucia Torres', '+14155550103', 55, 'New', 1, current_date - 5);
insert into public.products (product_id, sku, name, brand, category, strain, flower_type, retail_price, cost, vendor, is_active,
    thc_content, cbd_content, effects, flavors, leafly_rating)
values ('P1', 'S1', 'Blue Dream 3.5g', 'Best Coast', 'Flower', 'Blue Dream', 'Hybrid', 28, 11, 'ACME', true, 21, 0.4, '{Happy,Relaxed,Creative}', '{Berry,Sweet}', 4.6),
       ('P2', 'S2', 'Gelato 3.5g', 'Emerald', 'Flower', 'Gelato', 'Hybrid', 36, 14, 'ACME', true, 24, 0.3, '{Relaxed,Euphoric}', '{Sweet,Citrus}', 4.4),
       ('P3', 'S3', 'Granddaddy Purple 3.5g', 'Emerald', 'Flower', 'Granddaddy Purple', 'Indica', 33, 14, 'ACME', true, 19, 0.7, '{Sleepy,Relaxed}', '{Grape}', 4.2),
       ('P4', 'S4', 'Lemon Gummies 100mg', 'Kiva', 'Edibles', null, null, 18, 7, 'ACME', true, 100, 0, null, '{Lemon}', null),
       ('P5', 'S5', 'Blue Dream 28g', 'Best Coast', 'Flower', 'Blue Dream', 'Hybrid', 168, 70, 'ACME', true, 21, 0.4, '{Happy,Relaxed,Creative}', '{Berry,Sweet}', 4.6),
       ('P6', 'S6', 'Sour Diesel 1g', 'Kush Bros', 'Flower', 'Sour Diesel', 'Sativa', 11, 5, 'ACME', true, 26, 0.2, '{Energetic,Happy}', '{Diesel,Citrus}', 4.1),
       ('P7', 'S7', 'Northern Lights Pre-Roll 1g', 'Noble', 'Pre-Rolls', 'Northern Lights', 'Indica', 8, 3, 'ACME', true, 22.5, 0.3, '{Sleepy,Relaxed}', '{Pine,Sweet}', 4.8),
       ('P8', 'S8', 'Jack Herer Cartridge 0.5g', 'Select', 'Vapes', 'Jack Herer', 'Sativa', 35, 15, 'ACME', true, 82, 1.1, '{Energetic,Creative}', '{Pine,Pepper}', 4.3),
       ('P9', 'S9', 'Mango Gummies 10mg', 'Kiva', 'Edibles', null, null, 7, 3, 'ACME', true, 10, 0, null, '{Mango}', null),
       ('P10', 'S10', 'Dark Chocolate Bar 100mg', 'Mota', 'Edibles', null, null, 22, 9, 'ACME', true, 100, 0, null, '{Chocolate}', null),
       ('P11', 'S11', 'Wedding Cake 3.5g', 'Cascade', 'Flower', 'Wedding Cake', 'Hybrid', 30, 12, 'ACME', false, 27, 0.3, '{Relaxed,Happy}', '{Vanilla,Sweet}', 4.5),
       ('P12', 'S12', 'Harlequin 3.5g', 'Coast Farms', 'Flower', 'Harlequin', 'Sativa', 24, 10, 'ACME', true, 5, 9, '{Relaxed,Focused}', '{Mango,Pine}', 4.0),
       ('P13', 'S13', 'Pineapple Express 7g', 'CannaBio', 'Flower', 'Pineapple Express', 'Hybrid', 52, 21, 'ACME', true, 23, 0.2, '{Happy,Uplifted,Energetic}', '{Pineapple,Citrus}', 4.7),
       ('P14', 'S14', 'Lavender Bath Salts', 'Body Bliss', 'Topicals', null, null, 15, 6, 'ACME', true, 20, 20, null, '{Lavender}', null);
insert into public.transactions (transaction_id, customer_id, date, shop_location, payment_type, total_amount, total_tax)
values ('T1', 'M1', now() - interval '30 days', 'San Francisco', 'cash', 33.60, 5.60),
       ('T2', 'M1', now() - interval '9 days', 'San Francisco', 'debit', 88.80, 14.80),
       ('T3', 'M2', now() - interval '3 days', 'Oakland', 'debit', 62.40, 10.40),
       ('T4', 'M2', now() - interval '17 days', 'Oakland', 'cash', 42.00, 7.00),
       ('T5', 'M2', now() - interval '45 days', 'Berkeley', 'cash', 36.00, 6.00),
       ('T6', 'M3', now() - interval '5 days', 'Oakland', 'cash', 8.40, 1.40);
insert into public.transaction_items (transaction_id, product_sku, product_name, brand, category, quantity, unit_price, total_price)
values ('T1', 'S1', 'Blue Dream 3.5g', 'Best Coast', 'Flower', 1, 28, 28), ('T2', 'S1', 'Blue Dream 3.5g', 'Best Coast', 'Flower', 2, 28, 56),
       ('T2', 'S4', 'Lemon Gummies 100mg', 'Kiva', 'Edibles', 1, 18, 18), ('T3', 'S2', 'Gelato 3.5g', 'Emerald', 'Flower', 1, 36, 36),
       ('T3', 'S7', 'Northern Lights Pre-Roll 1g', 'Noble', 'Pre-Rolls', 2, 8, 16), ('T4', 'S8', 'Jack Herer Cartridge 0.5g', 'Select', 'Vapes', 1, 35, 35),
       ('T5', 'S11', 'Wedding Cake 3.5g', 'Cascade', 'Flower', 1, 30, 30), ('T6', 'S9', 'Mango Gummies 10mg', 'Kiva', 'Edibles', 1, 7, 7);
insert into public.customer_product_affinity (customer_id, product_sku, product_name, category, brand, purchase_count, total_spent,
    last_purchased, avg_price_paid, repurchase_rate)
values ('M1', 'S1', 'Blue Dream 3.5g', 'Flower', 'Best Coast', 2, 84, current_date - 9, 28, 1),
       ('M1', 'S4', 'Lemon Gummies 100mg', 'Edibles', 'Kiva', 1, 18, current_date - 9, 18, 0),
       ('M2', 'S2', 'Gelato 3.5g', 'Flower', 'Emerald', 9, 324, current_date - 3, 36, 1),
       ('M2', 'S7', 'Northern Lights Pre-Roll 1g', 'Pre-Rolls', 'Noble', 6, 96, current_date - 3, 8, 1),
       ('M2', 'S11', 'Wedding Cake 3.5g', 'Flower', 'Cascade', 4, 120, current_date - 45, 30, 1),
       ('M3', 'S9', 'Mango Gummies 10mg', 'Edibles', 'Kiva', 1, 7, current_date - 5, 7, 0);
insert into motabot.phones (phone, age, greeted_at)
values ('+14155550101', 'affirmed', now()), ('+14155550102', 'affirmed', now()), ('+14155550103', 'affirmed', now()),
       ('+14155550109', 'affirmed', now());
