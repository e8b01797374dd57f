import { useMutation } from '@tanstack/react-query';
import { useConsole } from './console.tsx';

/** Makes the console read Ray at once. The page gets the result by the stream, like any other update. */
export function useTryNow() {
  const { api, live } = useConsole();
  return useMutation({
    mutationFn: () => api.readFleet(),
    onSettled: () => live.refresh(),
  });
}
