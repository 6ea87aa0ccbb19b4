-- What is known of an order's customer. There as soon as the first message about the order is; its lock puts whatever is told
-- of one order in a row. No constraint looks at the address: PostgreSQL would say the row in its error.
create table correspondence (
    order_id       uuid primary key,
    -- Null until the order's placing was heard of.
    number         text,
    total_minor    bigint,
    total_currency text,
    -- Personal data: kept only until some time after the order has ended.
    address        text,
    -- When it was delivered, rejected or cancelled.
    ended_at       timestamptz,
    forgotten_at   timestamptz,
    check ((number is null) = (total_minor is null) and (number is null) = (total_currency is null))
);

create index correspondence_to_forget on correspondence (ended_at) where address is not null;

-- One for each event that customers are told of.
create table notification (
    -- The event's own: however often it comes, there is one.
    id           uuid        primary key,
    order_id     uuid        not null references correspondence,
    template     text        not null,
    -- What is told: the event as it came. None of these holds personal data.
    event        text        not null check (event is json object),
    said_at      timestamptz not null,
    logical_time bigint      not null,
    status       text        not null check (status in ('WAITING', 'PENDING', 'SENT', 'SKIPPED', 'FAILED')),
    reason       text,
    attempts     integer     not null check (attempts >= 0),
    created_at   timestamptz not null,
    sent_at      timestamptz,
    check ((status = 'SENT') = (sent_at is not null)),
    check ((status in ('SKIPPED', 'FAILED')) = (reason is not null))
);

-- Lists, newest first.
create index notification_by_time on notification (said_at, id);
create index notification_by_order on notification (order_id, said_at, id);
create index notification_by_status on notification (status, said_at, id);
create index notification_unsent on notification (created_at) where status in ('WAITING', 'PENDING');
