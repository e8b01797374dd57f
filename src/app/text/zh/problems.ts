import type { Problem, ProblemCode } from '../../../contract/problem.ts';
import type { ClusterIdProblem, RemovalObstacle } from '../../../domain/cluster-id.ts';
import type { Denial, ReadOnlyReason } from '../../../domain/denial.ts';
import { MAX_PLAN_COUNTS } from '../../../domain/plan/plan.ts';
import { MAX_TEMPLATE_CHARACTERS, MAX_TEMPLATES } from '../../../domain/replica-sets.ts';
import type { problems as english } from '../en/problems.ts';
import type { Words } from '../words.ts';
import { countText } from './count-text.ts';

const codes: Record<ProblemCode, string> = {
  abandoned: '这项变更在到达之前已被放弃，因此没有发送给 Ray。请作为新的变更重新发送。',
  'bad-abandonment': '请求有误：没有指明变更所属的集群。',
  'bad-change': '请求有误：变更的格式不正确。',
  'bad-change-id': '请求有误：变更的 ID 必须是 UUID。',
  'bad-cluster-id': '不能使用这个 ID。',
  'bad-path': '请求有误：路径编码不正确。',
  'bad-plan': '计划的格式不正确，或其中的集群不能这样更改。',
  'bad-plan-id': '请求有误：计划的 ID 必须是 UUID。',
  'bad-profile': '负责人信息的格式不正确。',
  'bad-query': '请求有误：查询参数不正确。',
  'body-cut': '请求在内容发送完之前就结束了。',
  busy: '同时发送的内容太多。没有进行任何操作，请稍后重试。',
  'cross-site': '请求来自其他网站的页面。',
  failed: '控制台出错了。所请求的操作可能已生效，也可能没有。',
  'header-missing': '请求有误：缺少控制台页面才会发送的请求头。',
  'header-repeated': '身份请求头出现了不止一次。代理在添加自己的请求头之前，必须移除浏览器发送的。',
  'host-not-allowed': '控制台不接受以此主机名访问。请使用 --allowed-host 添加。',
  'id-taken': '此 ID 已属于另一项变更。',
  'journal-unwritable': '目前无法写入变更日志，因此没有向 Ray 发送任何请求。',
  'link-expired': '此登录链接已过期。每个链接 15 分钟内有效。',
  'link-unknown': '这不是此控制台的登录链接，或已过期很久。',
  'link-used': '此登录链接已被使用。每个链接只能使用一次。',
  'list-unreadable':
    '无法读取此 Ray 的虚拟集群列表，因此控制台无法判断写入会产生什么结果。只显示从其他来源得知的内容。',
  'method-not-allowed': '请求有误：此路径不支持该方法。',
  'no-pages': '此控制台只提供 API，不提供页面。',
  'no-role': '当前用户不在可以查看此控制台的任何组中。',
  'no-sign-in': '此控制台没有自己的登录。',
  'no-such-change': '控制台没有此 ID 的变更。',
  'no-such-cluster': '没有此 ID 的虚拟集群。',
  'no-such-node': 'Ray 没有此 ID 的节点。',
  'no-such-path': '控制台在此路径下没有内容。',
  'no-such-plan': '没有这个计划。它可能已被删除。',
  'no-such-ray': '没有这个名称的 Ray。',
  'no-such-section': '地图上现在没有这个区块。',
  'no-such-step': '计划中没有这个步骤。',
  'not-encrypted': '从其他机器只能通过 TLS 或控制台前的代理访问。',
  'not-json': '请求有误：内容不是 JSON。',
  'not-kept': '不再保留更早的日期：见 --usage-days。',
  'not-now': '该步骤已完成，或尚未轮到。',
  'not-read-yet': '尚未读取 Ray 的虚拟集群列表。',
  'not-running': '此计划没有在执行。',
  'not-simulated': '此控制台连接真实的 Ray：没有模拟。',
  'not-waiting': '只有等待中的变更可以取消；这一项没有在等待。',
  'nothing-left': '此计划已没有要做的步骤。',
  'origin-not-allowed': '请求来自控制台以外的页面。',
  'out-of-turn': '计划中更改两次的虚拟集群，要先归还节点再取用。',
  'outcome-unknown': '有一步的结果尚不清楚，不能发送两次。请等到得知结果。',
  'profile-moved': '在此期间有人修改了它。没有保存任何内容。',
  'proxy-not-trusted': '身份请求头来自控制台不信任的地址。',
  'proxy-sign-in-needed': '尚未通过登录代理登录。请在新标签页中打开控制台并登录；已输入的内容仍保留。',
  'ray-not-opened': '未能打开这个 Ray；原因见控制台的日志。',
  'ray-opening': '正在打开这个 Ray，请稍后重试。',
  'read-only': '没有作此更改的权限。',
  'running-already': '此计划已在执行。',
  'sign-in-needed': '尚未登录。请用登录链接重新登录；已输入的内容仍保留。',
  'signed-out': '会话或令牌在请求完成之前已结束。没有进行任何操作。',
  stale: '此后有人修改了这个计划。请重新查看。',
  stopping: '控制台正在停止。没有进行任何操作，请稍后重试。',
  'too-large': '请求的内容过大。',
  'too-many-exports': '同时进行的导出太多，请稍后重试。',
  'too-many-reads': '同时进行的用量查询太多，请稍后重试。',
  'too-many-streams': '同时打开的页面太多，请关闭一些，或稍后重试。',
  'too-many-templates': '涉及的模板太多。',
  'too-much-at-once': '同时发送的内容太多，请稍后重试。',
  'too-often': '此令牌或链接有误，无论发送多少次。请稍候再试。',
  'under-way': '此计划正在执行，或有一步的结果尚不清楚。之后才能修改。',
  'unknown-step': '顺序中必须恰好包含计划的每个步骤一次。',
  'unknown-token': '控制台没有这个令牌，或它已失效。',
  'usage-off': '此控制台不保留用量：启动时使用了 --usage-days 0。',
  'user-unclear': '身份请求头没有指明唯一的人。',
};

const readOnly: Record<ReadOnlyReason, string> = {
  'started-read-only': '此控制台以 --read-only 启动。',
  viewer: '当前用户是查看者，可以查看但不能作任何更改。',
  'list-unreadable': codes['list-unreadable'],
  'other-rays': '当前用户可以更改其他 Ray 的虚拟集群，但不能更改这个 Ray 的。',
};

const idProblems: Record<ClusterIdProblem, string> = {
  empty: '为空',
  'job-separator': '含有 ##',
  primary: '是 Ray 自己的名称',
  'too-long': '太长',
  'control-character': '含有控制字符',
  'outer-space': '以空格开头或结尾',
  'path-dots': '是 . 或 ..',
  braces: '含有花括号',
};

const obstacles: Record<RemovalObstacle, string> = {
  'path-dots': '. 或 .. 这样的 ID 在任何 URL 中都会丢失',
  braces: 'Ray 的 DELETE 找不到含有花括号的 ID',
  'too-long-for-path': '此 ID 太长，无法放入 DELETE 的路径',
};

function denial(of: Denial): string {
  switch (of.kind) {
    case 'read-only':
      return of.reason === null ? (of.because ?? codes['read-only']) : readOnly[of.reason];
    case 'other-cluster':
      return `只能更改名称符合 ${of.clusters.join(' 或 ')} 的虚拟集群。`;
    case 'all-clusters':
      return `只能更改名称符合 ${of.clusters.join(' 或 ')} 的虚拟集群，而此操作涉及全部。`;
    case 'other-job':
      return `控制台在 ${of.clusterId} 中没有看到此作业，而当前用户不能停止所有虚拟集群的作业。`;
    case 'doubtful-job':
      return `不能确定此作业在 ${of.clusterId} 中运行，因此只有可更改全部虚拟集群的人才能停止它。`;
    case 'listed-cluster':
      return `${of.clusterId} 是一个使用了作业集群名称的虚拟集群。要求移除它会使 Ray 崩溃，因此没有发送任何请求。`;
    case 'driver-id':
      return `${of.submissionId} 的形式与驱动程序编号相同，Ray 会停止那个驱动程序的作业，而不是这一个。`;
    case 'no-job-cluster':
      return `${of.clusterId} 不是作业的集群，没有可释放的内容。`;
    case 'bad-submission-id':
      return `${of.submissionId} 不是 Ray 的提交 ID。`;
    case 'job-separator':
      return '含有 ## 的 ID 属于作业：Ray 将永远无法移除这样的虚拟集群。';
    case 'bad-new-id':
      return `不能用作新虚拟集群的 ID：${idProblems[of.problem]}。`;
    case 'never-removable':
      return `${obstacles[of.obstacle]}，因此此虚拟集群将永远无法移除。`;
    case 'not-removable':
      return of.obstacle === 'path-dots'
        ? `${obstacles[of.obstacle]}。请直接在 Ray 上移除：curl --path-as-is -X DELETE <Ray 的地址>/virtual_clusters/${of.clusterId}`
        : `${obstacles[of.obstacle]}。它会一直存在，直到 Ray 重启；可以将其数量设为 0 以归还节点。`;
    case 'nothing-to-do':
      return '前后都没有这个集群，无事可做。';
    case 'named-twice':
      return '一个计划中每个虚拟集群只能出现一次。请合并对它的更改。';
    case 'plan-too-large':
      return `此计划共涉及 ${countText(of.counts)} 个节点数（更改前后合计）；一个计划最多可涉及 ${countText(MAX_PLAN_COUNTS)} 个。`;
    case 'too-many-templates':
      return `这涉及 ${countText(of.count)} 个模板；一项变更最多可涉及 ${countText(MAX_TEMPLATES)} 个。`;
    case 'templates-too-long':
      return `这些模板的名称共有 ${countText(of.characters)} 个字符；一项变更最多可有 ${countText(MAX_TEMPLATE_CHARACTERS)} 个。`;
  }
}

const isCode = (code: string): code is ProblemCode => Object.hasOwn(codes, code);

/** Of another version of the console there may be a code that this page does not know: then as the console says it. */
function message({ problem, detail, denial: why, clusterId }: Problem): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- The console's own reply, of the type that the words are made for.
  const denied = why === undefined ? undefined : denial(why as Denial);
  if (denied !== undefined) return clusterId === undefined ? denied : `${clusterId}：${denied}`;
  return isCode(problem) ? codes[problem] : detail;
}

export const problems: Words<typeof english> = { message, denial, localPerson: '本机管理员' };
