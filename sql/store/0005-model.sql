-- Every call of a language model: what for, with which text, what it used.
create table chartroom.calls (
  nth bigint generated always as identity primary key,
  platform text,
  tenant text,
  person text,
  domain text,
  question text,
  step text not null,
  prompt text not null,
  version integer not null,
  model text not null,
  outcome text not null,
  input integer not null,
  cached integer not null,
  output integer not null,
  cost double precision,
  ms integer not null,
  at timestamptz not null
);
create index on chartroom.calls (at);
create index on chartroom.calls (person, at);
create index on chartroom.calls (tenant, at);
create index on chartroom.calls (domain, at);
