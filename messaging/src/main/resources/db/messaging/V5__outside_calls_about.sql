-- Which of several such calls of an order this one is: a refund, say. Null where an order has but one of the kind.
alter table outside_call add column about uuid;
