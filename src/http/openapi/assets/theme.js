// Swagger UI's page names no width for phones.
const viewport = document.createElement('meta');
viewport.name = 'viewport';
viewport.content = 'width=device-width, initial-scale=1';
document.head.append(viewport);

// A link in a tag's introduction leads where it says, and does not fold the tag.
document.addEventListener(
  'click',
  (event) => {
    if (event.target instanceof Element && event.target.closest('.opblock-tag small a'))
      event.stopPropagation();
  },
  true,
);
