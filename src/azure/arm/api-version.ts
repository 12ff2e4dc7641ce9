/** The version of Azure's network interface that is asked for: old enough for the clouds that get new versions last. */
export const API_VERSION = "2024-05-01";

/** The version that the SDK writes into every address, in whose place the chosen one is sent. */
export const SDK_API_VERSION = "2026-01-01";

/** Azure sends `defaultOutboundAccess` of subnets since this version of its network interface. */
export const DEFAULT_OUTBOUND_API_VERSION = "2023-09-01";

/** The first version of the network interface that has virtual network appliances. */
export const APPLIANCE_API_VERSION = "2025-05-01";

/** The version in which Azure has the NICs of scale sets. */
export const SCALE_SET_NIC_API_VERSION = "2018-10-01";

/** The version of Azure's compute interface. All clouds have it, and it says which mode a scale set has. */
export const COMPUTE_API_VERSION = "2022-03-01";

/** The version of Azure's general lists of resources. All clouds have it. */
export const RESOURCES_API_VERSION = "2021-04-01";

/** The version of the list of subscriptions. All clouds have it. */
export const SUBSCRIPTIONS_API_VERSION = "2020-01-01";

/** The version of the list of what a management group holds. */
export const MANAGEMENT_GROUPS_API_VERSION = "2020-05-01";

/** The version of Resource Graph. All clouds have it. */
export const GRAPH_API_VERSION = "2022-10-01";

/** The version of the service that tells a virtual machine about itself, at an address of its own. */
export const INSTANCE_METADATA_API_VERSION = "2021-02-01";
