import { ask, choice, graph, stat, table } from '../grafana.mjs';
import * as to from '../links.mjs';
import { rate } from '../questions.mjs';

const chosenGroups = 'consumergroup=~"$group", topic=~"$topic"';

export const lag = {
  uid: 'waybill-lag',
  title: 'Consumer lag',
  description: 'How far consumer groups are behind, in messages and in seconds, by what the broker knows: also when nobody of a group is alive.',
  choices: [
    choice('group', 'Consumer group', 'kafka_consumergroup_members', 'consumergroup'),
    choice('topic', 'Topic', 'kafka_consumergroup_lag', 'topic'),
  ],
  rows: [
    [
      'Now',
      stat('Farthest behind', 'Age of the oldest message that any of the groups has not handled.',
        { unit: 's', thresholds: [30, 300], to: [to.console('Consumers', '/consumers')] },
        ask(`max(kafka_consumergroup_lag_seconds{${chosenGroups}})`, 'oldest')),
      stat('Messages', 'Messages that the groups have not handled, all together.',
        { unit: 'short', thresholds: [1000, 10000], to: [to.console('Consumers', '/consumers')] },
        ask(`sum(kafka_consumergroup_lag{${chosenGroups}})`, 'messages')),
      stat('Groups without members', 'Groups that have to be there and of which nobody is.',
        { unit: 'short', thresholds: [1], to: [to.platform] },
        ask('sum((max by (consumergroup) (kafka_consumergroup_members) < bool 1) * max by (consumergroup) (kafka_consumergroup_expected))', 'groups')),
      stat('Looked', 'When the broker was last asked. Everything here is as old as that.',
        { unit: 's', thresholds: [30, 60], to: [to.service('operations-console')] },
        ask('max(kafka_consumergroup_look_age_seconds)', 'ago')),
    ],
    [
      'Groups',
      graph('Behind, in seconds', 'Age of the oldest message that the group has not handled: what a customer feels. 0 when there is nothing to do.',
        { unit: 's', thresholds: [30, 300], to: [to.itsLag, to.outbox] },
        ask(`max by (consumergroup) (kafka_consumergroup_lag_seconds{${chosenGroups}})`, '{{consumergroup}}')),
      graph('Behind, in messages', 'Messages that the group has not handled.',
        { unit: 'short', thresholds: [1000, 10000], to: [to.itsLag] },
        ask(`sum by (consumergroup) (kafka_consumergroup_lag{${chosenGroups}})`, '{{consumergroup}}')),
      graph('Members', 'Consumers in the group. One in each replica; 0 means that nobody handles its messages.',
        { unit: 'short', thresholds: [1], below: true, to: [to.itsLag, to.platform] },
        ask('max by (consumergroup) (kafka_consumergroup_members{consumergroup=~"$group"})', '{{consumergroup}}')),
      graph('Handled', 'Messages that the group has done with, a second.',
        { unit: 'ops', thresholds: [], to: [to.itsLag] },
        ask(`sum by (consumergroup) (${rate(`kafka_consumergroup_current_offset{${chosenGroups}}`)})`, '{{consumergroup}}')),
      graph('Written', 'Messages that are written to the topic, a second. Above what is handled, lag grows.',
        { unit: 'ops', thresholds: [], to: [to.outbox] },
        ask(`sum by (topic) (${rate('kafka_topic_partition_current_offset{topic=~"$topic"}')})`, '{{topic}}')),
    ],
    [
      'Partitions',
      graph('Worst partitions, in seconds', 'A partition alone that is behind has a slow or transient fault: its other keys wait too.',
        { unit: 's', thresholds: [30, 300], to: [to.console('Consumers', '/consumers')] },
        ask(`topk(10, kafka_consumergroup_lag_seconds{${chosenGroups}})`, '{{consumergroup}} {{topic}} {{partition}}')),
      table('Messages by partition', 'Where the lag is, partition by partition.',
        { unit: 'short', thresholds: [100, 1000], to: [to.console('Consumers', '/consumers')] },
        ask(`max by (consumergroup, topic, partition) (kafka_consumergroup_lag{${chosenGroups}})`)),
    ],
  ],
};
