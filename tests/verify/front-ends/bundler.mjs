// Finds a module whose extension was left out, as bundlers do.
import { register } from "node:module";

const resolve = 'export const resolve = (name, context, next) => next(name.endsWith(".graphql") ? `${name}.js` : name, context);';
register(`data:text/javascript,${encodeURIComponent(resolve)}`);
