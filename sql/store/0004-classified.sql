-- Where texts belong, as a language model said: a text is paid for once, by whichever bot sees it first. The text itself is not kept.

create table chartroom.classified (
  -- Who said so, of which description: another model or other clusters begin anew.
  classifier text not null,
  -- SHA-256 of the masked text.
  text_hash text not null,
  -- Null while it is being asked.
  cluster smallint,
  at timestamptz not null,
  primary key (classifier, text_hash)
);
create index on chartroom.classified (classifier, at);
