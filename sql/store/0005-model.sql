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

-- What a language model worked questions out to: a query or SQL, never rows. `key` is a hash of all that it depends on, `version` that of the data,
-- `question` the id of the one that it was made for; whose that was stands in `calls` alone.
create table chartroom.plans (
  key text primary key,
  domain text not null,
  version text not null,
  question text not null,
  plan jsonb not null,
  at timestamptz not null
);
create index on chartroom.plans (at);
create index on chartroom.plans (domain);
create index on chartroom.plans (question);
