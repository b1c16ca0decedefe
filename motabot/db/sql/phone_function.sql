-- A phone number in E.164, or null for what is not one: what `motabot.text.phone_numbers.to_e164` says, for indexes.
-- It follows libphonenumber's `parse` and `is_possible_number`, whose rules of each country stand in it. It names
-- nothing outside pg_catalog, so that whoever writes to an indexed table needs no right on this schema.
create or replace function motabot.e164(raw text) returns text
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $function$
declare
    -- by country calling code: p the national prefix, t what it becomes, n the national number, l and o its lengths
    -- with and without the area code
    rules constant jsonb := {rules}::jsonb;
    -- the same of the region of numbers that lack a +, with its calling code and its prefix of international calls
    home constant jsonb := {home}::jsonb;
    -- compared byte by byte, whatever collation the shop's column has
    words text collate "C" := btrim(translate(raw, {odd}, {plain}), ' ');
    digits text collate "C";
    tries text[] collate "C";
    number text collate "C";
    code text collate "C";
    rule jsonb;
    national text collate "C";
    candidate text collate "C";
    changed text collate "C";
    groups text[];
begin
    if length(raw) > {longest} then
        return null;
    end if;
    words := btrim(regexp_replace(regexp_replace(words, {scheme}, ''), {extension}, ''), ' ');
    if words !~ {looks_like_a_number} then
        return null;
    end if;
    digits := regexp_replace(words, '[^0-9]', '', 'g');
    tries := case
        when strpos(words, '+') > 0 then array['+' || digits]
        when starts_with(digits, '00') then array['+' || substr(digits, 3), digits]
        else array[digits]
    end;
    foreach number in array tries loop
        if starts_with(number, '+') then
            number := '+' || regexp_replace(substr(number, 2), {old_mexican_mobile}, '52\1');
        elsif home is null then
            continue;
        else
            changed := substring(number from '^(?:' || (home ->> 'i') || ')(?!0)(.*)$');
            number := case
                when changed is not null then '+' || regexp_replace(changed, {old_mexican_mobile}, '52\1')
                when home ->> 'c' = '52' then regexp_replace(number, {old_mexican_mobile}, '52\1')
                else number
            end;
        end if;
        if starts_with(number, '+') then
            number := substr(number, 2);
            code := case  -- no calling code begins with another
                when length(number) < 3 then null
                when rules ? left(number, 1) then left(number, 1)
                when rules ? left(number, 2) then left(number, 2)
                when rules ? left(number, 3) then left(number, 3)
            end;
            continue when code is null;
            rule := rules -> code;
            national := substr(number, length(code) + 1);
        else
            code := home ->> 'c';
            rule := home;
            national := number;
        end if;
        -- first as a number whose + was left out, then as the national number it is
        for pass in 1 .. 2 loop
            if pass = 1 then
                continue when rule is distinct from home or national <> number or not starts_with(number, code);
                candidate := substr(number, length(code) + 1);
            else
                candidate := national;
            end if;
            groups := regexp_match(candidate, '^((?:' || (rule ->> 'p') || '))');
            if groups is not null then
                changed := case
                    when rule ? 't' and cardinality(groups) > 1 and groups[cardinality(groups)] is not null
                        then regexp_replace(candidate, '^(?:' || (rule ->> 'p') || ')', rule ->> 't')
                    else substr(candidate, length(groups[1]) + 1)
                end;
                if candidate ~ ('^(?:' || (rule ->> 'n') || ')$') and changed !~ ('^(?:' || (rule ->> 'n') || ')$') then
                    changed := candidate;
                end if;
            else
                changed := candidate;
            end if;
            if pass = 1 then
                if number !~ ('^(?:' || (rule ->> 'n') || ')$') and changed ~ ('^(?:' || (rule ->> 'n') || ')$')
                   or length(number) > (rule -> 'l' ->> -1)::integer and not rule -> 'o' @> to_jsonb(length(number)) then
                    national := changed;
                    rule := rules -> code;
                end if;
            elsif not rule -> 'o' @> to_jsonb(length(changed))
                  and (rule -> 'l' @> to_jsonb(length(changed)) or length(changed) > (rule -> 'l' ->> -1)::integer) then
                national := changed;
            end if;
        end loop;
        rule := rules -> code;
        if rule -> 'l' @> to_jsonb(length(national)) and not rule -> 'o' @> to_jsonb(length(national))
           and length(national) between 2 and 17 then
            return '+' || code || national;
        end if;
    end loop;
    return null;
end
$function$;
