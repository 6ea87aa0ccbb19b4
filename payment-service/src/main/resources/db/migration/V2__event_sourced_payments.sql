-- Payments are event-sourced: what has happened to one is a stream, only ever appended to, and what it comes to is read from
-- there. This service is stopped for this migration: a version that keeps only the state would write past the streams.
create table payment_event (
    order_id       uuid        not null references payment,
    -- 1, 2, 3 … within the payment.
    version        bigint      not null check (version > 0),
    type           text        not null,
    -- Of the payload's form. What is stored is never rewritten; older forms are read through upcasters.
    schema_version integer     not null check (schema_version > 0),
    payload        jsonb       not null,
    at             timestamptz not null,
    primary key (order_id, version)
);

-- Of a payment that was there before, the steps are not known but what they came to: that is its first change, the row as it was.
insert into payment_event (order_id, version, type, schema_version, payload, at)
select p.order_id, 1, 'Imported', 1,
       to_jsonb(p) - 'order_id' - 'version' - 'event_sequence' - 'logical_time', now()
  from payment p where p.status <> 'NEW';

-- One to which nothing has happened had only answered that it cannot be captured.
update payment set version = case when status = 'NEW' then 0 else 1 end;

do $$
declare
    c record;
begin
    for c in select conname from pg_constraint where conrelid = 'payment'::regclass and contype = 'c' loop
        execute format('alter table payment drop constraint %I', c.conname);
    end loop;
end $$;

-- The row is what is locked and what numbers the changes. Its status and amounts repeat what the changes come to, for the
-- constraints below and for whoever looks from outside.
alter table payment
    drop column in_doubt,
    drop column void_requested,
    drop column payment_method,
    drop column currency,
    drop column total_minor,
    drop column decline_reason,
    drop column capture_refusal,
    add column refunded_minor   bigint  not null default 0,
    -- Under way to be given back.
    add column refunding_minor  bigint  not null default 0,
    -- What the changes up to this one come to, so that they need not be read; of which form, since it may be of none that is
    -- known any more.
    add column snapshot         jsonb,
    add column snapshot_version bigint  not null default 0,
    add column snapshot_schema  integer not null default 1,
    add constraint payment_version check (version >= 0 and snapshot_version between 0 and version),
    add constraint payment_status check (status in
        ('NEW', 'AUTHORIZING', 'AUTHORIZED', 'DECLINED', 'VOIDING', 'VOIDED', 'CAPTURING', 'RENEWING', 'CAPTURED', 'LAPSED',
         'PARTIALLY_REFUNDED', 'REFUNDED')),
    add constraint payment_not_below_zero check
        (authorized_minor >= 0 and captured_minor >= 0 and refunded_minor >= 0 and refunding_minor >= 0),
    add constraint payment_captured_within_authorized check (captured_minor <= authorized_minor),
    add constraint payment_refunded_within_captured check (refunded_minor + refunding_minor <= captured_minor),
    add constraint payment_held_under_a_reference check
        (status not in ('AUTHORIZED', 'VOIDING', 'CAPTURING', 'RENEWING', 'CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED')
         or gateway_reference is not null),
    add constraint payment_captured_once_taken check
        (captured_minor = 0 or status in ('CAPTURED', 'PARTIALLY_REFUNDED', 'REFUNDED'));

-- What the gateway tells by itself, each under its own id: told twice it is here once.
create table gateway_webhook (
    id           text        primary key,
    -- Null where it is no id of an order of ours.
    order_id     uuid,
    kind         text        not null,
    reference    text,
    amount_minor bigint,
    currency     text,
    -- What it came to: see GatewayWebhook.Effect.
    effect       text        not null,
    -- As it came.
    body         text        not null,
    received_at  timestamptz not null
);

create index gateway_webhook_by_order on gateway_webhook (order_id, kind);
