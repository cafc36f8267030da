-- What Chartroom remembers. Forward only: a file that was applied is never changed; the next change is a new file.
-- Times come from the bot's clock. A person is a user of a workspace (Slack) or tenant (Teams); the local room knows none.

-- Deliveries of a platform that were taken up, so that one that is repeated is answered by one process once.
create table chartroom.claims (
  key text primary key,
  at timestamptz not null
);
create index on chartroom.claims (at);

-- Answers that were given, for their buttons, pictures and downloads.
create table chartroom.answers (
  id text primary key,
  platform text,
  tenant text,
  person text,
  thread text,
  answer jsonb not null,
  at timestamptz not null
);
create index on chartroom.answers (at);
create index on chartroom.answers (person);

-- In which message an answer stands.
create table chartroom.places (
  place text primary key,
  answer text not null references chartroom.answers on delete cascade
);
create index on chartroom.places (answer);

-- Queries of a conversation that were answered, oldest first.
create table chartroom.turns (
  nth bigint generated always as identity primary key,
  thread text not null,
  query jsonb not null,
  at timestamptz not null
);
create index on chartroom.turns (thread, nth);
create index on chartroom.turns (at);

-- Values by key: installations of Slack (sealed), conversations of Teams.
create table chartroom.key_values (
  space text not null,
  key text not null,
  value jsonb,
  sealed bytea,
  at timestamptz not null,
  primary key (space, key),
  check ((value is null) <> (sealed is null))
);

-- What people thought of an answer.
create table chartroom.feedback (
  nth bigint generated always as identity primary key,
  answer text not null,
  verdict text not null check (verdict in ('up', 'down')),
  reason text,
  platform text,
  tenant text,
  person text,
  at timestamptz not null
);
create index on chartroom.feedback (answer);
create index on chartroom.feedback (person);
create index on chartroom.feedback (at);

-- Every question: who, where, what ran, how it ended.
create table chartroom.audit (
  id text primary key,
  platform text,
  tenant text,
  person text,
  place text,
  thread text,
  domain text,
  question text not null,
  outcome text not null,
  code text,
  sql text,
  rows integer,
  ms integer not null,
  at timestamptz not null
);
create index on chartroom.audit (at);
create index on chartroom.audit (person, at);
create index on chartroom.audit (thread);
