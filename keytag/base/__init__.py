"""The ground floor: values in millimetres and their algebra; no input or output, no third party."""
