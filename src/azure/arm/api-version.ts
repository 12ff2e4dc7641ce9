/** The version of Azure's network interface that is asked for: old enough for the clouds that get new versions last. */
export const API_VERSION = "2024-05-01";

/** The version of Azure's compute interface. All clouds have it, and it says which mode a scale set has. */
export const COMPUTE_API_VERSION = "2022-03-01";

/** The version of Azure's general lists of resources. All clouds have it. */
export const RESOURCES_API_VERSION = "2021-04-01";
