"""What a role and its posting say, in the shapes of other systems: values in, data out."""
