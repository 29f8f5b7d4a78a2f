import '../common/page.css';
import './editorApp';

document.body.append(document.createElement('atelier-image-editor'));
