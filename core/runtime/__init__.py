"""Everything that `thidua up` needs around the application: servers, children, progress."""
