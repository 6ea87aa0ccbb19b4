-- Calls to the outside world that have been requested and whose outcome is not yet recorded. A row goes in the transaction
-- that records the outcome, so the table stays as small as the work in progress.
create table outside_call (
    -- UUIDv7; the idempotency key of every attempt.
    id              uuid        primary key,
    kind            text        not null,
    order_id        uuid        not null,
    -- The order in which the calls of one order were requested, and are made.
    position        bigint      generated always as identity,
    -- Calls claimed so far. Who claims next has a higher one, so a late failure cannot touch a newer claim.
    attempts        integer     not null check (attempts >= 0),
    -- Not before this; also the end of the claim while somebody is making the call.
    next_attempt_at timestamptz not null,
    requested_at    timestamptz not null default now(),
    last_error      text,
    -- The message whose handling requested the call, the cause of what its outcome says. Null where a request from outside did.
    message_id      uuid,
    causation_id    uuid,
    saga_id         uuid,
    correlation_id  text,
    logical_time    bigint,
    traceparent     text,
    check ((message_id is null) = (correlation_id is null) and (message_id is null) = (logical_time is null))
)
-- Rows live for milliseconds: clean up by count, not by share.
with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_analyze_scale_factor = 0,
      autovacuum_analyze_threshold = 10000);

create unique index outside_call_by_order on outside_call (order_id, position);
create index outside_call_due on outside_call (next_attempt_at);
