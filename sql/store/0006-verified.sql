-- What people said about answers, so that the next ones are better; and what was said in a conversation.

-- Questions whose answer somebody with the right has verified: the query or the SQL that answers them, never rows.
create table chartroom.verified (
  nth bigint generated always as identity primary key,
  domain text not null,
  question text not null,
  query jsonb,
  sql text,
  -- What the SQL shows, in words.
  says text,
  -- The periods that the question named on `day` and the SQL holds as dates; on another day they are others.
  periods jsonb not null default '[]',
  day date not null,
  -- Of the semantic model that it was verified with.
  model_hash text not null,
  -- Who that was, for people.
  name text not null,
  platform text,
  tenant text,
  person text,
  at timestamptz not null,
  check ((query is null) <> (sql is null))
);
create unique index on chartroom.verified (domain, md5(question));
create index on chartroom.verified (person);

-- What admins taught about a domain: a worked question, another word for a measure or dimension, or a rule for the language model.
create table chartroom.lessons (
  nth bigint generated always as identity primary key,
  domain text not null,
  kind text not null check (kind in ('example', 'synonym', 'rule')),
  lesson jsonb not null,
  platform text,
  tenant text,
  person text,
  at timestamptz not null
);
create unique index on chartroom.lessons (domain, kind, md5(lesson::text));
create index on chartroom.lessons (person);

-- What came of a complaint; null: nobody has looked at it.
alter table chartroom.feedback add column settled text;

-- Turns of a conversation in words, for a language model that is asked on; oldest first.
create table chartroom.said (
  nth bigint generated always as identity primary key,
  thread text not null,
  domain text not null,
  platform text,
  tenant text,
  person text,
  -- Only who asked may be told of it.
  alone boolean not null,
  turn jsonb not null,
  at timestamptz not null
);
create index on chartroom.said (thread, nth);
create index on chartroom.said (person);
create index on chartroom.said (at);
