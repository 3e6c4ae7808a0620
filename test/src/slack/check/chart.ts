import { type Fields, isFields, onlyFields, type Problems, withinLength } from './problem.ts';

const longestTitle = 50;
const mostSeries = 6;
const mostPoints = 20;

/** A data_visualization block with lines: unique names, and labels that are the axis' categories. */
export function checkChart(block: Fields, at: string, found: Problems) {
  onlyFields(block, ['type', 'block_id', 'title', 'chart'], at, found);
  withinLength(block['title'], longestTitle, `${at}/title`, found);
  const chart = block['chart'];
  if (!isFields(chart)) return found.add(`${at}/chart`, 'must be an object');
  const series = Array.isArray(chart['series']) ? chart['series'].filter(isFields) : [];
  const axis = isFields(chart['axis_config']) ? chart['axis_config'] : {};
  const categories = Array.isArray(axis['categories']) ? axis['categories'] : [];
  if (series.length < 1 || series.length > mostSeries)
    found.add(`${at}/chart/series`, `must have 1 to ${mostSeries} items`);
  if (new Set(series.map((each) => each['name'])).size < series.length)
    found.add(`${at}/chart/series`, 'names must be unique');
  if (categories.length < 1 || categories.length > mostPoints)
    found.add(`${at}/chart/axis_config`, `must have 1 to ${mostPoints} categories`);
  if (new Set(categories).size < categories.length)
    found.add(`${at}/chart/axis_config`, 'categories must be unique');
  for (const { data } of series) {
    const points = Array.isArray(data) ? data.filter(isFields) : [];
    const labels = points.map((point) => point['label']);
    if (JSON.stringify(labels) !== JSON.stringify(categories))
      found.add(`${at}/chart/series`, 'labels must match the categories');
    if (points.some((point) => typeof point['value'] !== 'number'))
      found.add(`${at}/chart/series`, 'values must be numbers');
  }
}
