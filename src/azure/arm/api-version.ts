/** The version of Azure's network interface that is asked for: old enough for the clouds that get new versions last. */
export const API_VERSION = "2024-05-01";
