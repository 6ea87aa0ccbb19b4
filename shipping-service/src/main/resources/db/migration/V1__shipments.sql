-- One shipment per order. It is there as soon as the first command about it is: a cancellation without a shipment is stored too.
create table shipment (
    order_id         uuid    primary key,
    version          bigint  not null,
    status           text    not null check (status in
        ('NEW', 'BOOKING', 'BOOKED', 'REFUSED', 'DISPATCHING', 'DISPATCHED', 'HANDED_OVER', 'CANCELLING', 'CANCELLED')),
    -- The call that is under way has had an attempt without an answer.
    in_doubt         boolean not null,
    -- A cancellation came while another call was under way, and is next.
    cancel_requested boolean not null,
    -- What is to be shipped and where to. Personal data: kept only until the label is printed or no parcel will leave.
    booking          text    check (booking is json object),
    carrier          text,
    tracking_number  text    unique,
    label_url        text,
    refusal          text,
    history          text    not null check (history is json array),
    event_sequence   bigint  not null default 0,
    logical_time     bigint  not null default 0,
    check (status not in ('BOOKED', 'DISPATCHING', 'DISPATCHED', 'HANDED_OVER', 'CANCELLING') or tracking_number is not null),
    check ((tracking_number is null) = (carrier is null)),
    check (status not in ('DISPATCHED', 'HANDED_OVER') or label_url is not null),
    check (status <> 'BOOKING' or booking is not null),
    check (status not in ('REFUSED', 'DISPATCHED', 'HANDED_OVER', 'CANCELLED') or booking is null),
    check ((status = 'REFUSED') = (refusal is not null))
);
