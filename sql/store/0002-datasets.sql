-- What people brought along: a dataset, and every version of it. The rows themselves lie in files in CHARTROOM_HOME.
-- Without platform, tenant and person a dataset belongs to whoever uses this machine.

create table chartroom.datasets (
  id text primary key,
  -- What questions call it; nobody else's data is called so.
  domain text not null unique,
  -- What its owner calls it.
  name text not null,
  label text not null,
  platform text,
  tenant text,
  person text,
  -- The channel whose members may ask about it; null: its owner alone.
  place text,
  -- The version that is asked.
  version int not null,
  corrections jsonb not null default '[]',
  at timestamptz not null
);
create unique index on chartroom.datasets (coalesce(platform, ''), coalesce(tenant, ''), coalesce(person, ''), name);
create index on chartroom.datasets (person);
create index on chartroom.datasets (place);

create table chartroom.dataset_versions (
  dataset text not null references chartroom.datasets on delete cascade,
  version int not null,
  file text not null,
  bytes bigint not null,
  sha256 text not null,
  tables jsonb not null,
  warnings jsonb not null,
  rejects jsonb not null,
  model jsonb not null,
  quality jsonb,
  at timestamptz not null,
  primary key (dataset, version),
  unique (dataset, sha256)
);
create index on chartroom.dataset_versions (sha256);
