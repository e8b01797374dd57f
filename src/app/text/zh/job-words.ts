export const status = {
  PENDING: '等待中',
  RUNNING: '运行中',
  STOPPED: '已停止',
  SUCCEEDED: '已成功',
  FAILED: '已失败',
};
export const started = (ago: string) => `${ago}开始`;
