-- What a saga works on within its order: one cancellation, one return. None stands for the order itself, so no row that is
-- there has to be rewritten, and a service that does not know the column yet can go on inserting beside one that does.
alter table saga add column reference uuid;

-- The order first, as answers are looked up by it.
alter table saga add unique nulls not distinct (order_id, type, reference);
alter table saga drop constraint saga_order_id_type_key;

-- When it last came further. A command that is sent again changes updated_at, and is not further.
alter table saga add column moved_at timestamptz;
