-- Questions that are worked on or wait for those before them in their conversation, by all processes. A row goes when the work is over.
create table chartroom.at_work (
  nth bigint generated always as identity primary key,
  run text not null,
  thread text not null,
  platform text,
  tenant text,
  person text,
  process text not null,
  stopped boolean not null default false,
  -- The last sign of life of its process, by the clock of the database.
  at timestamptz not null default clock_timestamp()
);
create index on chartroom.at_work (thread, nth);
create index on chartroom.at_work (run);

-- A process gives a sign every few seconds.
create function chartroom.is_alive(sign timestamptz) returns boolean language sql as $$
  select sign > clock_timestamp() - interval '15 seconds'
$$;

-- Those of its own process wait for each other there.
create function chartroom.is_first(of_nth bigint, of_thread text, of_process text) returns boolean language sql as $$
  select not exists (
    select from chartroom.at_work w
    where w.thread = of_thread and w.nth < of_nth and w.process <> of_process and chartroom.is_alive(w.at)
  )
$$;

create function chartroom.enter(of_run text, of_thread text, of_platform text, of_tenant text, of_person text, of_process text)
returns table (nth bigint, first boolean) language plpgsql as $$
declare
  mine bigint;
begin
  -- Else one with a larger number could be seen before one with a smaller number is.
  perform pg_advisory_xact_lock(hashtextextended(of_thread, 9));
  insert into chartroom.at_work (run, thread, platform, tenant, person, process)
    values (of_run, of_thread, of_platform, of_tenant, of_person, of_process)
    returning at_work.nth into mine;
  return query select mine, chartroom.is_first(mine, of_thread, of_process);
end $$;
