"""Pictures of calls: a view lays out a scene, small painters draw any scene."""
