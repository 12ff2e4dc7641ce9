import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether the Azure CLI is installed. */
export const hasAz = spawnSync("az", ["version"], { stdio: "ignore" }).status === 0;

/**
 * Debian 12 packages azure-cli 2.45, which asks for the network API of 2022-01-01, with an SDK that ends its versions
 * otherwise (2022-07-01) and keeps the operations in one module for all of them. Without this, `az network` of that
 * package only crashes.
 */
const SHIM = `import sys, types
from azure.cli.core.profiles import _shared
_shared.AZURE_API_PROFILES["latest"][_shared.ResourceType.MGMT_NETWORK] = "2022-07-01"
class NetworkInterfacesOperations:
    def begin_get_effective_route_table(self, resource_group_name, network_interface_name, **kwargs):
        return self.begin_get_effective_route_table(resource_group_name, network_interface_name, **kwargs)
module = types.ModuleType("azure.mgmt.network.v2022_07_01.operations")
module.NetworkInterfacesOperations = NetworkInterfacesOperations
sys.modules[module.__name__] = module
`;

/** The environment in which \`az\` keeps to that directory and trusts that certificate authority. */
export function azEnvironment(directory: string, authorityFile: string): NodeJS.ProcessEnv {
  writeFileSync(join(directory, "sitecustomize.py"), SHIM);
  return {
    PATH: process.env.PATH,
    HOME: directory,
    PYTHONPATH: directory,
    AZURE_CONFIG_DIR: join(directory, "azure"),
    AZURE_CORE_COLLECT_TELEMETRY: "no",
    REQUESTS_CA_BUNDLE: authorityFile,
  };
}
