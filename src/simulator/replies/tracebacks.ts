const TRACEBACK_START = `Traceback (most recent call last):
  File "site-packages/ray/dashboard/routes.py", line 143, in _handler_route
    return await handler(bind_info.instance, req)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`;

/** The traceback of a crashed save, by its last line (fact 11). */
export function saveTraceback(lastLine: string): string {
  const isJson = lastLine.startsWith('json.decoder.');
  const isId = lastLine.startsWith('KeyError');
  const frames = isJson
    ? `  File "site-packages/ray/dashboard/modules/virtual_cluster/virtual_cluster_head.py", line 60, in create_or_update_virtual_cluster
    virtual_cluster_info_json = await req.json()
                                ^^^^^^^^^^^^^^^^
  File "site-packages/aiohttp/web_request.py", line 774, in json
    return loads(body)
           ^^^^^^^^^^^
  File "python3.11/json/__init__.py", line 346, in loads
    return _default_decoder.decode(s)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^
`
    : isId
      ? `  File "site-packages/ray/dashboard/modules/virtual_cluster/virtual_cluster_head.py", line 64, in create_or_update_virtual_cluster
    virtual_cluster_id = virtual_cluster_info["virtualClusterId"]
                         ~~~~~~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^
`
      : `  File "site-packages/ray/dashboard/modules/virtual_cluster/virtual_cluster_head.py", line 69, in create_or_update_virtual_cluster
    request = CreateOrUpdateVirtualClusterRequest(
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "<frozen _collections_abc>", line 949, in update
`;
  return `${TRACEBACK_START}${frames}${lastLine}\n`;
}

const handlers = { vclusters: 145, nodes: 117, actors: 93, jobs: 105 } as const;
export type StateSource = keyof typeof handlers;

/** The traceback of a crashed handler of the state API. */
export function stateTraceback(source: StateSource, lastLine: string): string {
  return `${TRACEBACK_START}  File "site-packages/ray/dashboard/utils.py", line 286, in async_wrapper
    ret = await func(self, *args, **kwargs)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "site-packages/ray/dashboard/modules/state/state_head.py", line ${String(handlers[source])}, in list_${source}
    return await handle_list_api(self._state_api.list_${source}, req)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "site-packages/ray/dashboard/state_api_utils.py", line 40, in handle_list_api
    result = await list_api_fn(option=options_from_req(req))
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
${lastLine}
`;
}

const aggregator = `  File "site-packages/ray/dashboard/state_aggregator.py", line 664, in list_vclusters
    return await get_or_create_event_loop().run_in_executor(
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "python3.11/concurrent/futures/thread.py", line 58, in run
    result = self.fn(*self.args, **self.kwargs)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`;

/** The traceback of the state API while all CPUs of a node are used (fact 18). */
export function nodeFullTraceback(): string {
  return stateTraceback(
    'vclusters',
    `${aggregator}  File "site-packages/ray/dashboard/state_aggregator.py", line 618, in transform
    node["resources_usage"] = {
                              ^
  File "site-packages/ray/dashboard/state_aggregator.py", line 619, in <dictcomp>
    k: f"{resources_available[k]} / {node['resources_total'][k]}"
          ~~~~~~~~~~~~~~~~~~~^^^
KeyError: 'CPU'`,
  );
}

/** The traceback of the state API once an id has `##` (fact 12). `repr`: the missing parent's id. */
export function missingParentTraceback(repr: string): string {
  return stateTraceback(
    'vclusters',
    `${aggregator}  File "site-packages/ray/dashboard/state_aggregator.py", line 522, in transform
    entries[parent_cluster_id]["divided_clusters"][id] = (
    ~~~~~~~^^^^^^^^^^^^^^^^^^^
KeyError: ${repr}`,
  );
}

/** The traceback of every virtual cluster route of 2.53, whether or not the call took effect (fact 26). */
export function newerRayTraceback(): string {
  return `${TRACEBACK_START}  File "site-packages/ray/dashboard/modules/virtual_cluster/virtual_cluster_head.py", line 96, in create_or_update_virtual_cluster
    return dashboard_optional_utils.rest_response(
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
TypeError: rest_response() missing 1 required positional argument: 'status_code'
`;
}
