import { type Kysely, sql } from 'kysely'

// Who may use the server. The columns are those better-auth asks for, by our names; a test holds them against its own schema.
const statements = [
  sql`
    create table accounts (
      id uuid primary key default gen_random_uuid(),
      name text not null check (length(name) between 1 and 100),
      email text not null unique check (email = lower(email) and length(email) between 3 and 254),
      email_verified boolean not null default false,
      image text,
      role text not null check (role in ('owner', 'editor', 'viewer')),
      is_first boolean not null default false,
      created_at timestamptz not null default now(),
      created_by text not null default 'system',
      updated_at timestamptz not null default now()
    )`,
  // Of all first visits at once, one makes the owner.
  sql`create unique index accounts_one_first on accounts (is_first) where is_first`,
  sql`
    create table account_passwords (
      id uuid primary key default gen_random_uuid(),
      account_id uuid not null references accounts (id) on delete cascade,
      subject text not null,
      provider text not null,
      password text,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at timestamptz,
      refresh_token_expires_at timestamptz,
      scope text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (account_id, provider)
    )`,
  sql`
    create table account_sessions (
      id uuid primary key default gen_random_uuid(),
      account_id uuid not null references accounts (id) on delete cascade,
      token text not null unique,
      address text,
      user_agent text,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`,
  sql`create index account_sessions_account_id_idx on account_sessions (account_id)`,
  sql`
    create table account_verifications (
      id uuid primary key default gen_random_uuid(),
      identifier text not null,
      value text not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`,
  sql`create index account_verifications_identifier_idx on account_verifications (identifier)`,
  sql`
    create table account_keys (
      id uuid primary key default gen_random_uuid(),
      account_id uuid not null references accounts (id) on delete cascade,
      config text not null,
      name text,
      start text,
      prefix text,
      key text not null unique,
      enabled boolean,
      permissions text,
      metadata text,
      expires_at timestamptz,
      last_used_at timestamptz,
      request_count integer,
      remaining integer,
      refill_interval integer,
      refill_amount integer,
      last_refill_at timestamptz,
      rate_limit_enabled boolean,
      rate_limit_time_window integer,
      rate_limit_max integer,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`,
  sql`create index account_keys_account_id_idx on account_keys (account_id)`,
  // A key that one account chose says nothing about the same letters of another.
  sql`alter table request_keys add column caller text not null default 'http'`,
  sql`alter table request_keys drop constraint request_keys_pkey, add primary key (caller, key, route)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  // Two accounts may have used the same key; what was answered is kept for a day only.
  await sql`delete from request_keys`.execute(db)
  await sql`alter table request_keys drop constraint request_keys_pkey, add primary key (key, route)`.execute(db)
  await sql`alter table request_keys drop column caller`.execute(db)
  for (const table of ['account_keys', 'account_verifications', 'account_sessions', 'account_passwords', 'accounts']) {
    await sql`drop table ${sql.table(table)}`.execute(db)
  }
}
