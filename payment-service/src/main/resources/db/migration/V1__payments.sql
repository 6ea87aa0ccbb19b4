-- One payment per order. It is there as soon as the first command about it is: a void without a payment is stored too.
create table payment (
    order_id          uuid    primary key,
    version           bigint  not null,
    status            text    not null check (status in
        ('NEW', 'AUTHORIZING', 'AUTHORIZED', 'DECLINED', 'VOIDING', 'VOIDED', 'CAPTURING', 'CAPTURED', 'LAPSED')),
    -- The call that is under way has had an attempt without an answer.
    in_doubt          boolean not null,
    -- A void came while the authorization was under way, and is next.
    void_requested    boolean not null,
    payment_method    text,
    currency          text    check (currency ~ '^[A-Z]{3}$'),
    total_minor       bigint  not null check (total_minor >= 0),
    authorized_minor  bigint  not null check (authorized_minor >= 0),
    captured_minor    bigint  not null check (captured_minor >= 0),
    gateway_reference text    unique,
    decline_reason    text,
    capture_refusal   text,
    event_sequence    bigint  not null default 0,
    logical_time      bigint  not null default 0,
    check (authorized_minor <= total_minor),
    check (captured_minor <= authorized_minor),
    check (total_minor = 0 or (currency is not null and payment_method is not null)),
    check (status not in ('AUTHORIZED', 'VOIDING', 'CAPTURING', 'CAPTURED') or gateway_reference is not null),
    check ((captured_minor = 0 and status <> 'CAPTURED') or status = 'CAPTURED')
);
