const REGIONS = new Set(["eu-west-1", "eu-west-2", "eu-central-1", "us-east-1"]);

/** Throws an Error that names the service and what is wrong with it. */
export function validate({ services, limits }) {
  for (const [name, service] of Object.entries(services)) {
    if (!service.image) throw new Error(`${name}: an image is missing`);
    for (const region of service.regions ?? []) {
      if (!REGIONS.has(region)) throw new Error(`${name}: no such region: ${region}`);
    }
    for (const key of ["replicas", "timeout"]) {
      if (service[key] !== undefined && !(Number.isInteger(service[key]) && service[key] <= limits[key])) {
        throw new Error(`${name}: ${key} must be a whole number up to ${limits[key]}`);
      }
    }
    for (const [key, value] of Object.entries(service.env ?? {})) {
      if (typeof value !== "string") throw new Error(`${name}: ${key} must be a string`);
    }
  }
}
