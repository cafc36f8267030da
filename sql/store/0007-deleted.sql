-- A question may still be answered when the dataset that it asks is deleted: nothing of it is kept after that, whoever writes it.

-- Domains whose data was deleted. An hour is longer than any question runs; later the name may be that of other data.
create table chartroom.deleted (
  domain text primary key,
  at timestamptz not null default now()
);

create function chartroom.is_deleted(of text) returns boolean language plpgsql as $$
begin
  if of is null then
    return false;
  end if;
  -- Waits for a deletion that has begun; one that begins now waits for this.
  perform pg_advisory_xact_lock_shared(hashtextextended(of, 8));
  return exists (select from chartroom.deleted d where d.domain = of and d.at > now() - interval '1 hour');
end $$;

create function chartroom.keep_nothing_deleted() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'answers' then
    return case when chartroom.is_deleted(new.answer ->> 'domain') then null else new end;
  elsif tg_table_name = 'turns' then
    return case when chartroom.is_deleted(new.query ->> 'domain') then null else new end;
  end if;
  return case when chartroom.is_deleted(new.domain) then null else new end;
end $$;

create trigger deleted before insert on chartroom.answers for each row execute function chartroom.keep_nothing_deleted();
create trigger deleted before insert on chartroom.turns for each row execute function chartroom.keep_nothing_deleted();
create trigger deleted before insert on chartroom.said for each row execute function chartroom.keep_nothing_deleted();
create trigger deleted before insert on chartroom.plans for each row execute function chartroom.keep_nothing_deleted();
create trigger deleted before insert on chartroom.verified for each row execute function chartroom.keep_nothing_deleted();
create trigger deleted before insert on chartroom.lessons for each row execute function chartroom.keep_nothing_deleted();

-- That it was asked about stays, what was asked does not.
create function chartroom.audit_without_deleted() returns trigger language plpgsql as $$
begin
  if chartroom.is_deleted(new.domain) then
    new.question := 'deleted with its data';
    new.sql := null;
    new.code := null;
  end if;
  return new;
end $$;

create trigger deleted before insert on chartroom.audit for each row execute function chartroom.audit_without_deleted();
