import type { fleetFile as english } from '../en/fleet-file.ts';
import type { Words } from '../words.ts';
import { countedText, countText } from './count-text.ts';
import { fleetFaults } from './fleet-faults.ts';

const clusters = (count: number) => countedText(count, '个虚拟集群');

export const fleetFile: Words<typeof english> = {
  intro:
    '以 YAML 文件表示集群：可以写出文件、纳入版本管理，并在此查看集群与文件的差异。差异会成为一个计划；执行之前不会发送任何请求。',
  loading: '正在加载',
  unreadable: '目前无法读取 Ray 的虚拟集群列表，因此无法得知集群的状态。',
  out: {
    title: '写出文件',
    which: '虚拟集群',
    all: (count) => `全部（${countText(count)}）`,
    only: (count) => `选中的（${countText(count)}）`,
    download: '下载',
    name: 'fleet.yaml',
    gone: (ids) => `已选中但已不存在：${ids.join('、')}。`,
    noneLeft: (ids) => `已选中但已不存在：${ids.join('、')}。将改为写出全部虚拟集群。`,
    leftOut: (ids) => `已略过文件无法容纳的 ID：${ids.join('、')}`,
  },
  into: {
    title: '打开文件',
    choose: '选择文件…',
    drop: '或将文件拖到此处，或在下方粘贴其文本。',
    text: '集群文件的文本',
    clear: '清除',
    pasted: '粘贴的文本',
    tooLarge: (name) => `${name} 太大，没有读取：最多 4 MB。`,
    failed: (name) => `无法读取 ${name}。`,
  },
  fault: fleetFaults.describe,
  problems: (count) => `此文件有 ${countedText(count, '个问题')}；其中的任何内容都不能应用`,
  goTo: (line, column) => `第 ${String(line)} 行，第 ${String(column)} 列`,
  drift: {
    nothingOpen: '打开文件后，差异会显示在这里，并可据此创建计划。',
    title: '集群与文件的差异',
    none: '集群与文件一致。',
    count: (count) => `${clusters(count)}与文件不同。`,
    kept: (count) => `${clusters(count)}不在文件中，保持不变。`,
    prune: '删除文件中没有的',
    create: (sets) => `不存在：创建，节点：${sets}`,
    remove: (sets) => `不在文件中：删除，归还的节点：${sets}`,
    resize: (moves) => `调整：${moves}`,
    move: (template, has, wants) => `${template} ${countText(has)} → ${countText(wants)}`,
    divisible: (wants) =>
      `文件要求它${wants ? '可分割' : '不可分割'}。Ray 不能更改这一点：请删除后重新创建。其副本集保持不变。`,
    profile: (field, has, wants) => `${field}：“${has}”→“${wants}”`,
    noNodes: '无',
  },
  plan: '查看计划',
  planName: (file) => `应用 ${file}`,
  steps: (count) => countedText(count, '项变更'),
  update: '下载更新后的文件',
  updateHint: '同一文件，内容为集群的现状；注释和顺序保持不变。',
  notUpdatable: '此文件的写法无法更新。请下载新文件。',
  owners: {
    set: (count) => `设置 ${clusters(count)}的负责人`,
    hint: '负责人不发送给 Ray：会立即设置，不属于计划。',
    later: (count) => `${clusters(count)}尚不存在，其负责人可在计划执行之后设置：请再次打开文件。`,
    done: (count) => `已为 ${clusters(count)}设置。`,
    failed: (id, why) => `${id}：${why}`,
  },
};
