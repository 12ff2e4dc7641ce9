/**
 * The operations of the Azure SDK that the program calls. Its package exports only a client with all 158 groups of
 * them, which no bundler can take apart, so they are named by their files: the bundle holds these and nothing else of
 * its megabyte.
 */
export {
  get as getNetworkInterface,
  getEffectiveRouteTable,
  getVirtualMachineScaleSetNetworkInterface as getScaleSetNetworkInterface,
  list as listNetworkInterfacesOfGroup,
  listAll as listNetworkInterfaces,
  listVirtualMachineScaleSetNetworkInterfaces as listScaleSetNetworkInterfaces,
  listVirtualMachineScaleSetVMNetworkInterfaces as listInstanceNetworkInterfaces,
} from "../../../node_modules/@azure/arm-network/dist/esm/api/networkInterfaces/index.js";
export {
  checkConnectivity,
  getNextHop,
  listAll as listNetworkWatchers,
} from "../../../node_modules/@azure/arm-network/dist/esm/api/networkWatchers/index.js";
export { list as listServiceTags } from "../../../node_modules/@azure/arm-network/dist/esm/api/serviceTags/index.js";
export { get as getSubnet } from "../../../node_modules/@azure/arm-network/dist/esm/api/subnets/index.js";
export { buildPagedAsyncIterator as listPages } from "../../../node_modules/@azure/arm-network/dist/esm/static-helpers/pagingHelpers.js";
export { getLongRunningPoller } from "../../../node_modules/@azure/arm-network/dist/esm/static-helpers/pollingHelpers.js";
