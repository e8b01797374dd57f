export const journal = '变更日志';
export const signIn = '登录';
export const create = '新建虚拟集群';
export const edit = (id: string) => `编辑 ${id}`;
