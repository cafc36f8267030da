-- What admins were told about somebody's use, so that they are told once a day.

create table chartroom.notes (
  platform text not null,
  tenant text not null,
  person text not null,
  day date not null,
  at timestamptz not null,
  primary key (platform, tenant, person, day)
);
create index on chartroom.notes (person);
create index on chartroom.notes (at);
