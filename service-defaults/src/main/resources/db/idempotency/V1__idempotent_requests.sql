-- First answers to requests that must not be carried out twice. Written in the transaction that carries them out.
create table idempotent_request (
    caller text not null,
    route text not null,
    key text not null,
    request_hash text not null,
    status smallint not null,
    location text,
    body text,
    created_at timestamptz not null default now(),
    primary key (caller, route, key)
);

-- For the job that deletes the old ones.
create index idempotent_request_by_age on idempotent_request (created_at);
