-- What each consumer group had before it, at one moment. Groups, not partitions: a day of samples stays small.
create table lag_sample (
  at             timestamptz      not null,
  consumer_group text             not null,
  members        int              not null,
  lag            bigint           not null,
  lag_seconds    double precision not null,
  primary key (consumer_group, at)
);

create index on lag_sample (at);
