import {
  MAX_LABEL_LENGTH,
  MAX_LABELS,
  profileLimits,
  type ProfileField,
  type ProfileProblem,
} from '../../../domain/cluster-profile.ts';
import type { owner as english } from '../en/owner.ts';
import type { Words } from '../words.ts';
import { spaced } from '../chinese-spacing.ts';

function problem(field: ProfileField, what: ProfileProblem): string {
  switch (what) {
    case 'too-long':
      return field === 'labels'
        ? `每个标签最多 ${String(MAX_LABEL_LENGTH)} 个字符。`
        : `最多 ${String(profileLimits[field])} 个字符。`;
    case 'hidden-character':
      return '含有不可见字符：请删除后重新输入。';
    case 'bad-link':
      return '请填写以 https:// 或 mailto: 开头的完整链接，其中不能包含密码';
    case 'bad-label':
      return '请填写单词或 key=value，只能使用字母、数字和 . _ / : @ + -';
    case 'too-many-labels':
      return `最多 ${String(MAX_LABELS)} 个标签。`;
  }
}

export const owner: Words<typeof english> = {
  title: '负责人',
  none: '无负责人',
  edit: '编辑负责人',
  fields: { owner: '负责人', contact: '联系方式', purpose: '用途', link: '链接', labels: '标签' },
  problem,
  hints: { contact: '邮箱、群组等', link: '工单或页面', labels: 'gpu team=data' },
  setBy: (who, ago) => `${ago}由${spaced(who)}设置`,
  kept: '这是之前输入的内容。',
  save: '保存负责人',
  saving: '正在保存…',
  cancel: '取消',
  discard: '放弃',
  discardAsk: '放弃已输入的内容？',
  failed: (detail) => `未保存。${detail}`,
  refused: '未保存：请查看各字段。',
  unreachable: '没有收到应答，因此可能已保存，也可能没有。请再保存一次：这样做是安全的。',
  moved: {
    title: (who) => `${who} 在此期间修改了这些内容`,
    sides: { theirs: '对方的', mine: '我的' },
    nothing: '空',
    take: '按所选继续',
    choose: '每项请选择一个。',
  },
  edits: {
    title: '以前的负责人',
    set: '已设置',
    loading: '正在读取变更日志…',
    none: '没有保留任何记录。',
    to: (before, after) => `${before} → ${after}`,
    revert: '恢复…',
  },
  known: {
    keeps: (id, whom) => `${id} 以前存在过，负责人为 ${whom}。新建的将沿用这些信息。`,
    somebody: '某人',
    startEmpty: '从空白开始',
    emptied: '新建的没有负责人。',
    keep: '仍然沿用',
  },
};
