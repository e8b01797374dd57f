export const clusters = {
  title: 'Virtual clusters',
  chipDead: (count: number) => `${count.toLocaleString('en')} dead`,
  chipDeadUnknown: 'dead:',
};
