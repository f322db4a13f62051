import { validate } from "./validate.mjs";

/** One step for each service and region, with the defaults filled in. */
export function plan(config, names) {
  validate(config);
  return names.flatMap((name) => {
    const service = { ...config.defaults, ...config.services[name] };
    if (!config.services[name]) throw new Error(`no such service: ${name}`);
    return service.regions.map((region) => ({
      service: name,
      region,
      image: service.image,
      replicas: service.replicas,
      timeout: service.timeout,
      env: service.env ?? {},
    }));
  });
}
