// Old names, until their last users have moved.
export * from '../catalog/seriesActions'
