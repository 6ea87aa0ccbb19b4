-- What the demo sells. Whatever was changed since stays as it is.
insert into product (sku, name, price_minor, currency)
values ('ESPRESSO-01', 'Espresso machine', 12999, 'EUR'),
       ('GRINDER-02', 'Burr grinder', 24900, 'EUR'),
       ('KETTLE-03', 'Gooseneck kettle', 7950, 'EUR'),
       ('FILTER-04', 'Paper filters, 100 pieces', 690, 'EUR'),
       ('LIMITED-05', 'Anniversary edition espresso machine', 49900, 'EUR')
on conflict do nothing;
