import { useMutation } from '@tanstack/react-query';
import { useConsole } from './console.tsx';

/** Makes the console read Ray at once. The page hears what came of it like anything else. */
export function useTryNow() {
  const { api, live } = useConsole();
  return useMutation({
    mutationFn: () => api.readFleet(),
    onSettled: () => live.refresh(),
  });
}
