-- What is known of an order, apart from its status. Of orders that are there already the defaults say all there is to say.
-- Whoever states a reason may write down personal data: it stands in stated_reason, and in reason once the order is cancelled.
alter table orders
    add column confirmed boolean not null default false,
    add column parcel text not null default 'WITH_US' check (parcel in ('WITH_US', 'HANDED_OVER', 'DELIVERED')),
    add column tracking_number text,
    -- The messages that said so.
    add column handed_over_by uuid,
    add column delivered_by uuid,
    add column cancellation_id uuid,
    add column stated_reason text,
    add column refused_cancellations uuid[] not null default '{}',
    add constraint tracked_once_it_left check ((tracking_number is null) = (parcel = 'WITH_US')),
    add constraint handed_over_by_somebody check ((handed_over_by is null) = (parcel = 'WITH_US')),
    add constraint delivered_by_somebody check ((delivered_by is null) = (parcel <> 'DELIVERED')),
    add constraint reason_with_each_cancellation check ((stated_reason is null) = (cancellation_id is null)),
    add constraint cancelling_has_its_cancellation check (status <> 'CANCELLING' or cancellation_id is not null);

create table order_return (
    id uuid primary key,
    order_id uuid not null references orders,
    status text not null check (status in ('REQUESTED', 'COMPLETED', 'REFUSED')),
    lines jsonb not null,
    refund_minor bigint not null check (refund_minor >= 0),
    currency text not null,
    -- May hold personal data.
    stated_reason text not null,
    refusal text,
    requested_at timestamptz not null,
    updated_at timestamptz not null,
    constraint refused_for_a_reason check ((refusal is not null) = (status = 'REFUSED'))
);

create index returns_of_order on order_return (order_id, id);
