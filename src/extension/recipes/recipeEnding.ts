/** How the names of recipe files end. */
export const RECIPE_ENDING = '.atelier.json';
