import type { FileFault, ValueRule } from '../../../fleet-file/problem.ts';
import { MAX_FILE_BYTES, MAX_FILE_CLUSTERS } from '../../../fleet-file/schema.ts';
import type { fleetFaults as english } from '../en/fleet-faults.ts';
import type { Words } from '../words.ts';
import { countText } from './count-text.ts';

type IdProblem = Extract<FileFault, { readonly kind: 'bad-id' }>['problem'];
type FieldProblem = Extract<FileFault, { readonly kind: 'bad-profile' }>['problem'];

const ids: Readonly<Record<IdProblem, string>> = {
  empty: 'ID 不能为空',
  'job-separator': '含有 ## 的 ID 属于作业，Ray 将永远无法移除这样的虚拟集群',
  primary: '这是 Ray 自己的名称，表示不属于任何虚拟集群的节点',
  'too-long': 'ID 最多 128 个字符',
  'control-character': 'ID 不能含有不可见字符',
  'outer-space': 'ID 不能以空格开头或结尾',
  'path-dots': 'Ray 将永远无法移除名为 . 或 .. 的虚拟集群',
  braces: 'Ray 将永远无法移除 ID 中含有花括号的虚拟集群',
};

const profile: Readonly<Record<FieldProblem, string>> = {
  'too-long': '太长',
  'hidden-character': '含有不可见字符',
  'bad-link': '必须以 https:// 或 mailto: 开头，且不含密码',
  'bad-label': '必须是单词或 key=value，不含空格',
  'too-many-labels': '太多',
};

/** What the YAML parser finds, by its codes; for any other one its own words. */
const yaml: ReadonlyMap<string, string> = new Map([
  ['BAD_INDENT', '缩进不一致'],
  ['BAD_SCALAR_START', '值不能以此字符开头；请加引号'],
  ['BAD_DQ_ESCAPE', '双引号中的转义无效'],
  ['BAD_COLLECTION_TYPE', '列表或映射的类型不正确'],
  ['BAD_PROP_ORDER', '标记的顺序不正确'],
  ['BLOCK_AS_IMPLICIT_KEY', '此处不能嵌套映射；是否缺少换行或引号？'],
  ['BLOCK_IN_FLOW', '方括号或花括号内不能使用缩进的列表或映射'],
  ['DUPLICATE_KEY', '同一名称出现了两次'],
  ['KEY_OVER_1024_CHARS', '名称太长'],
  ['MISSING_CHAR', '缺少符号，如引号、括号、逗号或冒号'],
  ['MULTILINE_IMPLICIT_KEY', '名称不能跨行；是否缺少冒号？'],
  ['UNEXPECTED_TOKEN', '此处出现了意外的内容'],
]);

function rule(must: ValueRule): string {
  switch (must.be) {
    case 'list':
      return '必须是列表';
    case 'boolean':
      return '必须是 true 或 false';
    case 'text':
      return '必须是文本';
    case 'map':
      return '必须是名称与值的映射';
    case 'not-empty':
      return '不能为空';
    case 'version-1':
      return '必须是 1';
    case 'as-described':
      return '不符合要求';
    case 'shorter':
      return `最多 ${countText(must.most)} ${must.of === 'characters' ? '个字符' : '项'}`;
  }
}

const named = (name: string) => `“${name}”`;

function describe(fault: FileFault): string {
  switch (fault.kind) {
    case 'yaml':
      return `这不是 YAML：${yaml.get(fault.code) ?? fault.message}。`;
    case 'tab':
      return 'YAML 不能用制表符缩进，请使用空格。';
    case 'too-large':
      return `文件大于 ${countText(MAX_FILE_BYTES / 1e6)} MB，因此没有读取。`;
    case 'too-deep':
      return '列表和映射的嵌套太深。';
    case 'too-many-parts':
      return '文件的行和值多于最大的集群所需，因此没有读取。';
    case 'several-documents':
      return '文件含有多个文档，请只保留一个。';
    case 'anchor':
      return '不允许使用锚点（&name）。请在使用处写出值。';
    case 'alias':
      return '不允许使用别名（*name）。请写出值。';
    case 'tag':
      return '不允许使用标签（!name）。';
    case 'merge-key':
      return '不允许使用合并键（<<）。请写出各个值。';
    case 'directive':
      return '不允许使用指令（%YAML、%TAG）。文件按 YAML 1.2 读取。';
    case 'unknown-key':
      return `这里没有名为${named(fault.key)}的内容。可用的有：${fault.known.join('、')}。`;
    case 'key-twice':
      return `${named(fault.key)}在这里出现了两次。`;
    case 'missing-key':
      return `缺少${named(fault.key)}。`;
    case 'not-text':
      return `${named(fault.key)}必须是文本。请加引号："${fault.source}"。`;
    case 'bad-value':
      return `${named(fault.key)}${rule(fault.must)}。`;
    case 'bad-count':
      return `${fault.templateId} 的节点数必须是 0 到 2147483647 的整数。`;
    case 'bad-id':
      return `${ids[fault.problem]}。`;
    case 'id-twice':
      return `${fault.id} 已在第 ${String(fault.firstLine)} 行出现。`;
    case 'bad-profile':
      return `${named(fault.field)}${profile[fault.problem]}。`;
    case 'too-many-clusters':
      return `文件中有 ${countText(fault.count)} 个虚拟集群，最多 ${countText(MAX_FILE_CLUSTERS)} 个。`;
  }
}

export const fleetFaults: Words<typeof english> = { describe };
