-- To find what was said about one key, an order: docs/adr/0047-an-orders-messages-are-read-from-the-outboxes.md. Nobody waits for an
-- index that takes long: here are made those that are read within some 100 ms, all together, the smallest first. The others are made
-- beside their writers by whoever looks after the partitions, as that cannot be done in a transaction. Until all are there this one is not valid, which keeps
-- nobody from using those that are; each partition that is made from now on gets its own with it.
--
-- It waits for whoever is writing, and who comes after waits behind it: not for ever, if somebody writes and does not end.
set local lock_timeout = '5s';

create index outbox_by_key on only outbox (message_key);

do
$$
declare
  small record;
begin
  for small in select name, index from (
                 select name, name || '_by_key' as index, sum(size) over (order by size, name) as together
                 from (select name, pg_relation_size(oid) as size from messaging_partition where parent = 'outbox') each) all_sizes
               where together <= 67108864 loop
    execute format('create index %I on %I (message_key)', small.index, small.name);
    execute format('alter index outbox_by_key attach partition %I', small.index);
  end loop;
end
$$;
