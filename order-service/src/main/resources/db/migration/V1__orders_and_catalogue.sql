create table product (
    sku text primary key,
    name text not null,
    price_minor bigint not null check (price_minor >= 0),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    active boolean not null default true,
    version bigint not null default 0
);

create sequence order_number start with 100001;

create table orders (
    id uuid primary key,
    number text not null unique,
    customer_id text not null,
    status text not null,
    reason text,
    total_minor bigint not null check (total_minor >= 0),
    currency text not null,
    payment_method text not null,
    -- Personal data stands in these columns and nowhere else in this table.
    ship_to_name text not null,
    ship_to_line1 text not null,
    ship_to_line2 text,
    ship_to_city text not null,
    ship_to_postal_code text not null,
    ship_to_country text not null,
    contact_email text,
    placed_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null,
    event_sequence bigint not null default 0,
    logical_time bigint not null default 0,
    constraint reason_only_where_it_ended_badly check ((reason is not null) = (status in ('REJECTED', 'CANCELLED')))
);

-- Lists are newest first; the id decides where times are the same.
create index orders_newest on orders (placed_at desc, id desc);
create index orders_of_customer on orders (customer_id, placed_at desc, id desc);
create index orders_by_status on orders (status, placed_at desc, id desc);

create table order_line (
    order_id uuid not null references orders,
    position integer not null,
    sku text not null,
    quantity integer not null check (quantity > 0),
    unit_price_minor bigint not null check (unit_price_minor >= 0),
    primary key (order_id, position)
);
