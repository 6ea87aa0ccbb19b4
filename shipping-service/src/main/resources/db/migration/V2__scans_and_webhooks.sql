-- What drivers have scanned, and how far of it was told. A scan may come before anything can follow from it.
alter table shipment
    add column scans  text not null default '[]' check (scans is json array),
    add column parcel text check (parcel in ('HANDED_OVER', 'IN_TRANSIT', 'DELIVERED')),
    add constraint shipment_parcel_left check (parcel is null or status = 'HANDED_OVER');

-- Every webhook that the carrier has sent, once: its id is taken in the transaction that does what follows from it.
create table carrier_webhook (
    id              text        primary key,
    tracking_number text        not null,
    order_id        text,
    status          text        not null,
    at              timestamptz not null,
    received_at     timestamptz not null
);
