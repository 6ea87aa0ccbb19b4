-- Of the message whose handling requested the call.
alter table outside_call add column order_number text;
